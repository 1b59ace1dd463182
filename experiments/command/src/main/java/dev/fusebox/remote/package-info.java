/**
 * Stages on a cluster: each is submitted to Apache Spark, which runs {@code fusebox stage} for it.
 * Spark itself runs in a separate process, which this package starts and communicates with.
 */
package dev.fusebox.remote;
