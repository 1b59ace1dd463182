/**
 * Files: written whole or not at all, hashed, read within bounds and with messages that name file
 * and line; and errors that a person can put right.
 */
package dev.fusebox.file;
