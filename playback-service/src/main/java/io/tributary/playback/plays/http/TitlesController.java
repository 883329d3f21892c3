package io.tributary.playback.plays.http;

import io.tributary.bearer.http.BearerFilter;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.api.Refuses;
import io.tributary.contracts.api.Title;
import io.tributary.contracts.api.TitlePage;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.catalogue.CatalogueTitle;
import io.tributary.playback.catalogue.Titles;
import io.tributary.playback.problem.Problem;
import io.tributary.playback.store.StoreAwayException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/titles}. Who shows no token sees public titles only. */
@RestController
public final class TitlesController {
  /** A screen or two of an app. */
  private static final int PAGE = 100;

  private final Titles titles;

  public TitlesController(Titles titles) {
    this.titles = titles;
  }

  /**
   * Lists titles by id, a page at a time. Without a token, public titles only; so a page may be
   * short, or empty, and still not be the last one.
   *
   * @param cursor the last page's {@code nextCursor}; left out for the first page
   * @return A page of titles.
   */
  @GetMapping(path = "/api/v1/titles", produces = MediaType.APPLICATION_JSON_VALUE)
  @Refuses({ProblemType.INVALID, ProblemType.UNAVAILABLE})
  TitlePage listTitles(
      @RequestParam(required = false) @Nullable String cursor, HttpServletRequest request) {
    if (cursor != null && !cursor.matches(PackageRef.ID_PATTERN)) {
      throw new Problem(
          ProblemType.INVALID,
          "cursor is " + Problem.quoted(cursor) + " (expected: a page's nextCursor)");
    }
    boolean isKnown = BearerFilter.caller(request).isPresent();
    List<CatalogueTitle> page;
    try {
      page = titles.list(cursor, PAGE);
    } catch (StoreAwayException _) {
      throw Problem.notKnownHere("titles");
    }
    return new TitlePage(
        page.stream()
            .filter(title -> isKnown || title.isPublic())
            .map(title ->
                new Title(
                    title.titleId(), title.name(), title.durationMillis(), title.isPlayable()))
            .toList(),
        page.size() < PAGE ? null : page.getLast().titleId());
  }
}
