/**
 * Weight files: what a checkpoint directory holds, read into native memory piece by piece and
 * written back.
 */
package dev.fusebox.array;
