/**
 * Arrays in files: safetensors, torch and npy over one element type and one strided reader, without
 * loading whole files.
 */
package dev.fusebox.array;
