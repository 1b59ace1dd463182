/** Batches: which questions stand together, in what order, and how they are padded. */
package dev.fusebox.training.batch;
