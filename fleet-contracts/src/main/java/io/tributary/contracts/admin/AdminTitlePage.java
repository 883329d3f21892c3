package io.tributary.contracts.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of {@code GET /admin/v1/titles}, by id; {@code nextCursor} is null on the last. */
public record AdminTitlePage(List<AdminTitle> titles, @Nullable String nextCursor) {
  public AdminTitlePage {
    titles = titles == null ? List.of() : List.copyOf(titles);
  }
}
