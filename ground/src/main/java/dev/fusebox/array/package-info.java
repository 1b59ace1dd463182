/**
 * Arrays in files: safetensors, torch and npy over one element type and one strided reader, never
 * loaded as a whole.
 */
package dev.fusebox.array;
