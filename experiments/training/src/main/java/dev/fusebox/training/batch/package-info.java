/** Batches: which questions share one (length bucketing), in what order, and their padding. */
package dev.fusebox.training.batch;
