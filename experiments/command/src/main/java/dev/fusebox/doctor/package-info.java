/** What a machine, its data and its checkpoints have, and what to do about what they have not. */
package dev.fusebox.doctor;
