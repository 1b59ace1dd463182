/** Learning: optimizer, schedule, loop, checkpoints. */
package dev.fusebox.experiments.train;
