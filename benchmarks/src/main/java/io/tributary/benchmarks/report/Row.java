package io.tributary.benchmarks.report;

/**
 * A row of a page, there whether it was measured or not.
 *
 * @param key of its rounds
 * @param words what it is
 * @param unit of its figures
 * @param digits after the point
 * @param bar what it must reach
 */
public record Row(String key, String words, String unit, int digits, Bar bar) {}
