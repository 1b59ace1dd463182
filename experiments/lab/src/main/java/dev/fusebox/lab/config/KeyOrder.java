package dev.fusebox.lab.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys of a block in the order in which they were written, which HOCON objects forget. */
public final class KeyOrder {

  private static final WrittenLines WRITTEN = new WrittenLines();

  private KeyOrder() {}

  private record Place(long depth, String file, int line) {

    static Place of(ConfigOrigin origin) {
      String file = ConfigOrigins.file(origin);
      return new Place(depth(file), file, origin.lineNumber());
    }

    /** Defaults lie deepest, the command line at the top, an included file below its includer. */
    private static long depth(String file) {
      return file.equals(ConfigOrigins.DEFAULTS)
          ? Long.MAX_VALUE
          : file.chars().filter(c -> c == '/').count();
    }
  }

  private static final Comparator<Place> BY_PLACE =
      Comparator.comparingLong((Place place) -> -place.depth())
          .thenComparing(Place::file)
          .thenComparingInt(Place::line);

  /** Included files first, then by line, then by place in the line. */
  public static List<String> of(ConfigObject object) {
    if (object.size() < 2) {
      return new ArrayList<>(object.keySet());
    }
    Map<String, Place> places = new HashMap<>();
    Map<Place, List<String>> crowd = new HashMap<>();
    for (String key : object.keySet()) { // its entries would be hashed, with all that is in them
      Place place = Place.of(object.get(key).origin());
      places.put(key, place);
      crowd.computeIfAbsent(place, any -> new ArrayList<>()).add(key);
    }
    Map<Place, Map<String, Integer>> columns = new HashMap<>();
    crowd.forEach(
        (place, keys) -> {
          if (keys.size() > 1) {
            columns.put(place, KeyColumns.of(line(place), keys));
          }
        });
    List<String> keys = new ArrayList<>(object.keySet());
    keys.sort(
        Comparator.comparing((String key) -> places.get(key), BY_PLACE)
            .thenComparingInt(key -> column(columns.get(places.get(key)), key))
            .thenComparing(Comparator.naturalOrder()));
    return keys;
  }

  private static int column(Map<String, Integer> columns, String key) {
    return columns == null ? 0 : columns.getOrDefault(key, Integer.MAX_VALUE);
  }

  private static String line(Place place) {
    return place.line() < 1 ? "" : WRITTEN.line(place.file(), place.line());
  }
}
