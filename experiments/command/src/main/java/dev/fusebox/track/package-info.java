/**
 * Experiment tracking: training metrics are reported to a server (MLflow). Whatever that server
 * does or fails to do, training goes on and its bits stay the same.
 */
package dev.fusebox.track;
