/** The fusions on the class path and how a config chooses one. */
package dev.fusebox.cli.fusion;
