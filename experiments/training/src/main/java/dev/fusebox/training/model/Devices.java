package dev.fusebox.training.model;

import ai.djl.Device;
import dev.fusebox.file.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code device}: where stages are computed. Of several devices each thread that computes stages
 * has some to itself, one or as many as a stage has replicas, so that a stage begins and ends on
 * the same.
 */
public final class Devices implements Supplier<Device> {

  private final List<DeviceName> names;
  private final AtomicInteger taken = new AtomicInteger();
  private final ThreadLocal<List<Device>> mine = ThreadLocal.withInitial(ArrayList::new);

  /**
   * Those of these names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Devices(List<DeviceName> names) {
    this.names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("device must name one device or several, found none");
    }
  }

  /** One alone. */
  public Devices(DeviceName name) {
    this(List.of(name));
  }

  /**
   * All of them, with the engine started where that is needed to know.
   *
   * @throws UserError if this machine has none of such a number
   */
  public List<Device> all() {
    return names.stream().flatMap(name -> name.all().stream()).toList();
  }

  /** Whether stages are spread over several. */
  public boolean several() {
    return names.size() > 1 || names.get(0).ofAll();
  }

  /** That of this thread. */
  @Override
  public Device get() {
    return own(1).get(0);
  }

  /**
   * Those of this thread: as many as it had before, and more where it asks for more.
   *
   * @throws UserError if there are fewer
   */
  public List<Device> own(int count) {
    if (!several() && count == 1) {
      return List.of(names.get(0).device());
    }
    List<Device> all = all();
    requireReplicas(count, all.size());
    List<Device> own = mine.get();
    while (own.size() < count) {
      own.add(all.get(taken.getAndIncrement() % all.size()));
    }
    return List.copyOf(own.subList(0, count));
  }

  /** How many stages are computed at once, each on so many devices. */
  public int groupsOf(int count) {
    return Math.max(1, all().size() / count);
  }

  /**
   * Checks, without the engine, that there may be so many.
   *
   * @throws UserError if fewer are named
   */
  public void requireReplicas(int count) {
    if (names.stream().noneMatch(DeviceName::ofAll)) {
      requireReplicas(count, names.size());
    }
  }

  private void requireReplicas(int count, int there) {
    if (count > there) {
      throw new UserError(
          "training.replicas = %d needs as many devices, but device = %s is %d: list every device to use, as in device = [gpu:0, gpu:1]"
              .formatted(count, this, there));
    }
  }

  /** As the config has them. */
  @Override
  public String toString() {
    return names.stream().map(DeviceName::name).collect(Collectors.joining(", "));
  }
}
