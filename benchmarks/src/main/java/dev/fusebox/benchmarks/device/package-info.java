/**
 * The first hour on a GPU, {@code checks/gpu}: whether a device computes what it should, how fast,
 * and whether what is killed there goes on with the same bits.
 */
package dev.fusebox.benchmarks.device;
