/**
 * A plan for schedulers that are not this program: as JSON, as a job of Slurm, and one stage of it
 * by its name. What other programs read here has a version and does not change under it.
 */
package dev.fusebox.lab.grid;
