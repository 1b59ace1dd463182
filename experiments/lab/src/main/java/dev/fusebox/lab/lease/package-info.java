/**
 * Who works on what, among processes of several machines that share a directory: leases, which are
 * files that their holders renew. Nothing here depends on the locks of a file system, on equal
 * clocks, or on a server of its own.
 *
 * <pre>
 * DIRECTORY/NAME/1    a lease: who holds it; written to every few seconds while it is held
 * DIRECTORY/NAME/2    the lease of whoever took over from a holder that was heard of no more
 * </pre>
 *
 * <p>A lease is made in one step (a hard link to a finished file; where there are no links, a file
 * created exclusively). A taken over lease is not removed or renamed: its successor's number is one
 * higher, only one process can make the file of that number, and the highest number holds. So two
 * that find the same holder gone cannot both follow it.
 */
package dev.fusebox.lab.lease;
