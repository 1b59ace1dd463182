/**
 * Checkpoints in Hugging Face's layout: the files of a model directory, loaded, saved and
 * converted.
 */
package dev.fusebox.checkpoint;
