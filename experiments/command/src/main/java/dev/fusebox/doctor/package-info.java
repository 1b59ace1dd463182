/** What a machine, its data and its checkpoints have, what they lack, and what to do about it. */
package dev.fusebox.doctor;
