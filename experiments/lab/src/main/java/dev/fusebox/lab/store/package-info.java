/**
 * The store of results: nothing is computed twice, and every number can be traced.
 *
 * <pre>
 * results/stages/KIND-KEY/          a stage's files and stage.json; shared by all experiments
 * results/stages/KIND-KEY.partial/  the same while it is computed, or after an interruption
 * results/stages/KIND-KEY.2.partial/            the same, taken over from a silent holder
 * results/stages/.locks/KIND-KEY/1  who is computing it; see {@link dev.fusebox.lab.lease}
 * results/EXPERIMENT/experiment.json            which runs belong together
 * results/EXPERIMENT/RUN/run.json               config, versions, seeds, data, stages, scores
 * results/EXPERIMENT/RUN/{predictions,metrics}.jsonl
 * results/cache/.hashes             hashes of files by path, size, times and inode
 * </pre>
 *
 * <p>A key is the hash of everything that can change a result: the settings, the keys of what the
 * stage reads, the data and the code. Files are written atomically, and have checksums.
 *
 * <p>The three records are typed and have a version; {@link RecordFile} alone reads and writes
 * them.
 */
package dev.fusebox.lab.store;
