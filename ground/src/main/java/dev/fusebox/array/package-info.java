/**
 * Arrays in files: safetensors, torch and npy over one element type, read into native memory piece
 * by piece and written back; checkpoint directories made of them.
 */
package dev.fusebox.array;
