/**
 * Experiment tracking: reports to a server (MLflow) how stages learn. Whatever that server does, or
 * does not, training goes on and its bits stay the same.
 */
package dev.fusebox.track;
