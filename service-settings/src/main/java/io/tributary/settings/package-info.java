/** What every service does with its settings: refuse wrong ones so that an operator understands. */
@NullMarked
package io.tributary.settings;

import org.jspecify.annotations.NullMarked;
