/**
 * Who computes what, among processes on several machines that share a directory: leases, which are
 * files that their holders renew. This needs no file-system locks, no synchronised clocks, and no
 * server.
 *
 * <pre>
 * DIRECTORY/NAME/1    a lease: who holds it; written to every few seconds while it is held
 * DIRECTORY/NAME/2    the lease of the process that took over from a silent holder
 * </pre>
 *
 * <p>A lease is created atomically (a hard link to a finished file; without hard links, a file
 * created exclusively). A lease that is taken over is not removed or renamed: its successor's
 * number is one higher, only one process can create the file of that number, and the highest number
 * is valid. So two processes that find the same holder gone cannot both take over.
 */
package dev.fusebox.lab.lease;
