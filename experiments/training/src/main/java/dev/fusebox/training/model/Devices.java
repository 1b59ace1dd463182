package dev.fusebox.training.model;

import ai.djl.Device;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code device}: where stages are computed. Of several devices each thread that computes stages
 * has one to itself, so that a stage begins and ends on the same.
 */
public final class Devices implements Supplier<Device> {

  private final List<DeviceName> names;
  private final AtomicInteger taken = new AtomicInteger();
  private final ThreadLocal<Device> mine = ThreadLocal.withInitial(this::next);

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
   * @throws dev.fusebox.file.UserError if this machine has none of such a number
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
    return several() ? mine.get() : names.get(0).device();
  }

  private Device next() {
    List<Device> all = all();
    return all.get(taken.getAndIncrement() % all.size());
  }

  /** As the config has them. */
  @Override
  public String toString() {
    return names.stream().map(DeviceName::name).collect(Collectors.joining(", "));
  }
}
