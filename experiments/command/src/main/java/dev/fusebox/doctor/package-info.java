/**
 * Checks of a machine, its data and its checkpoints: what is there, what is missing, and how to fix
 * it.
 */
package dev.fusebox.doctor;
