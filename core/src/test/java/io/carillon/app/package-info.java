@NullMarked
package io.carillon.app;

import org.jspecify.annotations.NullMarked;
