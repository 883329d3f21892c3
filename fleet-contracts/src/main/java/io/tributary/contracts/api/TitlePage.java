package io.tributary.contracts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /api/v1/titles}.
 *
 * @param titles at most 100, by id
 * @param nextCursor the next page's {@code cursor}, opaque; null on the last page
 */
public record TitlePage(List<Title> titles, @Nullable String nextCursor) {
  public TitlePage {
    titles = titles == null ? List.of() : List.copyOf(titles);
  }
}
