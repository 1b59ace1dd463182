/**
 * Checkpoints as Hugging Face lays them out: the files of a model directory, loaded, saved and
 * converted.
 */
package dev.fusebox.checkpoint;
