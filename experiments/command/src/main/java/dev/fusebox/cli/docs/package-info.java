/** Fusebox's guides, settings and fusions as HTML. */
package dev.fusebox.cli.docs;
