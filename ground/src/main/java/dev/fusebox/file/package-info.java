/**
 * Files: atomic writes, hashes, bounded reads with messages that name file and line; and errors
 * that a user can fix.
 */
package dev.fusebox.file;
