/**
 * Stages on a cluster: each is handed to Apache Spark, which runs {@code fusebox stage} for it
 * somewhere. Spark itself runs in a process of its own, which this package starts and talks to.
 */
package dev.fusebox.remote;
