/** The {@code fusebox} command: one class per subcommand, each a thin shell around a feature. */
package dev.fusebox.cli;
