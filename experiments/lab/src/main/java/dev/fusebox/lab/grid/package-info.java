/**
 * A plan for external schedulers: as JSON, as a Slurm job, and one stage at a time by name. The
 * JSON has a schema version.
 */
package dev.fusebox.lab.grid;
