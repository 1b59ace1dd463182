/** Picture files as numbers: one reader, within bounds, for whoever looks at pictures. */
package dev.fusebox.picture;
