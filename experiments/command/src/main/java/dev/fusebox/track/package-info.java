/**
 * Experiment tracking: training metrics are reported to a server (MLflow). Whatever that server
 * does or fails to do, training continues with the same results.
 */
package dev.fusebox.track;
