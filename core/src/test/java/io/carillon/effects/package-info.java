@NullMarked
package io.carillon.effects;

import org.jspecify.annotations.NullMarked;
