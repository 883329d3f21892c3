package io.tributary.steering.location.source;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import com.maxmind.db.NoCache;
import com.maxmind.db.Reader;
import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.Geography;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where addresses are, by a database in MaxMind's format that has a {@code location} with {@code
 * latitude} and {@code longitude}, as GeoLite2 City has. The operator brings it. Safe for use by
 * many threads.
 */
public final class MaxMindGeography implements Geography, Closeable {
  private final Reader database;

  private MaxMindGeography(Reader database) {
    this.database = database;
  }

  /** What is read of a record. */
  public record Place(@Nullable Location location) {
    @MaxMindDbConstructor
    public Place(@MaxMindDbParameter(name = "location") @Nullable Location location) {
      this.location = location;
    }
  }

  /** Coordinates as they are there. */
  public record Location(@Nullable Double latitude, @Nullable Double longitude) {
    @MaxMindDbConstructor
    public Location(
        @MaxMindDbParameter(name = "latitude") @Nullable Double latitude,
        @MaxMindDbParameter(name = "longitude") @Nullable Double longitude) {
      this.latitude = latitude;
      this.longitude = longitude;
    }
  }

  /**
   * Opens a database. It is read into memory (a city database takes 60 MB), so that the file may be
   * replaced meanwhile.
   *
   * @throws IOException if it cannot be read or is no such database
   */
  public static MaxMindGeography open(Path file) throws IOException {
    try {
      return new MaxMindGeography(
          new Reader(new File(file.toString()), Reader.FileMode.MEMORY, NoCache.getInstance()));
    } catch (RuntimeException e) {
      throw new IOException(file + " is no database of addresses: " + e.getMessage(), e);
    }
  }

  /** Empty for what the database has wrong, too. */
  @Override
  public Optional<Coordinates> find(InetAddress address) {
    try {
      Place place = database.get(address, Place.class);
      Location location = place == null ? null : place.location();
      if (location == null || location.latitude() == null || location.longitude() == null) {
        return Optional.empty();
      }
      double latitude = location.latitude();
      double longitude = location.longitude();
      return Coordinates.arePossible(latitude, longitude)
          ? Optional.of(new Coordinates(latitude, longitude))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    database.close();
  }
}
