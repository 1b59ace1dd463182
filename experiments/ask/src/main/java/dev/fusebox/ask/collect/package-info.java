/** Questions that fooled a run, kept as a data set of their own. */
package dev.fusebox.ask.collect;
