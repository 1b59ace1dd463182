# Executors for Kubernetes: Spark, a JDK, and Fusebox at /opt/fusebox. docs/cluster.md says how to use it.
#
#   docker build -t example/fusebox .                                          for CPUs
#   docker build -t example/fusebox:cuda --build-arg FUSEBOX_MAVEN=-Pcuda .    for GPUs; their nodes bring the driver
ARG JDK=eclipse-temurin:17-jdk-jammy
ARG SPARK=apache/spark:4.2.0-scala2.13-java17-ubuntu

FROM ${JDK} AS build
RUN apt-get update && apt-get install -y --no-install-recommends git maven && rm -rf /var/lib/apt/lists/*
COPY . /opt/fusebox
ARG FUSEBOX_MAVEN=
ENV FUSEBOX_MAVEN=${FUSEBOX_MAVEN}
RUN cd /opt/fusebox && ./fusebox list fusions

FROM ${SPARK}
USER root
COPY --from=build /opt/java/openjdk /opt/jdk
COPY --from=build /opt/fusebox /opt/fusebox
ARG FUSEBOX_MAVEN=
ENV FUSEBOX_MAVEN=${FUSEBOX_MAVEN} JAVA_HOME=/opt/jdk NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER spark
