/** What clients say of nodes, and how far it is believed. */
@NullMarked
package io.tributary.steering.reports;

import org.jspecify.annotations.NullMarked;
