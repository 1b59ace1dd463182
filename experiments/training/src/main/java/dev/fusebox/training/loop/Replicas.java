package dev.fusebox.training.loop;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Replicas of one model, the first of which is kept. Several learn at once, each on a thread.
 * Dropout is drawn from libtorch's one sequence, seeded part by part, so that where there is some
 * the forward passes take turns; the backward passes do not.
 */
final class Replicas implements AutoCloseable {

  private final List<Replica> all;
  private final ExecutorService threads;

  /** These; at least one. */
  Replicas(List<Replica> all) {
    this.all = List.copyOf(all);
    threads =
        Executors.newFixedThreadPool( // none starts before there is work for it
            all.size(),
            work -> {
              Thread thread = new Thread(work, "replicas");
              thread.setDaemon(true);
              return thread;
            });
  }

  Replica first() {
    return all.get(0);
  }

  /** How many parts are learnt at once. */
  int size() {
    return all.size();
  }

  /**
   * Learns parts at once, one on each replica.
   *
   * @param parts no more than there are replicas
   * @param owner gets the gradients
   * @return what each found, in the order of the parts
   */
  List<Replica.Partial> learn(List<Replica.Part> parts, NDManager owner) {
    if (parts.size() == 1) {
      return learnInTurn(parts, owner);
    }
    try {
      List<Replica.Partial> found = new ArrayList<>();
      for (Future<Replica.Partial> each : threads.invokeAll(work(parts, owner))) {
        found.add(each.get());
      }
      return found;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a replica could not learn", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replicas learnt", e);
    }
  }

  private List<Callable<Replica.Partial>> work(List<Replica.Part> parts, NDManager owner) {
    List<Callable<Replica.Partial>> work = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Replica replica = all.get(i);
      Replica.Part part = parts.get(i);
      NDManager there = owner.newSubManager(replica.device());
      work.add(() -> replica.learn(part, there));
    }
    return work;
  }

  /** As {@link #learn}, one after the other on this thread. */
  List<Replica.Partial> learnInTurn(List<Replica.Part> parts, NDManager owner) {
    List<Replica.Partial> found = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Replica replica = all.get(i);
      found.add(replica.learn(parts.get(i), owner.newSubManager(replica.device())));
    }
    return found;
  }

  /** Gives all the numbers of the first. */
  void align() {
    all.subList(1, all.size()).forEach(replica -> replica.copy(first()));
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
