/** Configs: HOCON in, records out, with every problem reported at once. */
package dev.fusebox.experiments.config;
