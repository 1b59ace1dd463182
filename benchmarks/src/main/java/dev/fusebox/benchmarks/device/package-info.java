/**
 * The first hour on a GPU, {@code checks/gpu}: whether a device computes the right numbers, how
 * fast, and whether a killed training resumes bit-identically.
 */
package dev.fusebox.benchmarks.device;
