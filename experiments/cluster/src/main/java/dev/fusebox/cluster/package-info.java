/**
 * The way from a plan to Apache Spark. A process of its own, so that neither Spark nor Scala nor
 * their libraries are on the class path of anything that trains: {@link SparkDoor} is told which
 * commands to run, by lines on its standard input, and lets Spark run each as a task; {@link
 * ChildTask}, on the executor, starts the command as a child process and sees it to its end.
 *
 * <p>Scheduling, placement, repetition and resources are Spark's. This package knows nothing of
 * stages but that their command says how it ended in a last line of JSON.
 */
package dev.fusebox.cluster;
