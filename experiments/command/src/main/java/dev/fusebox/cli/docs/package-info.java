/** Fusebox's guides, settings and fusions as pages that a browser shows. */
package dev.fusebox.cli.docs;
