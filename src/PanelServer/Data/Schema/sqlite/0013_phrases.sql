-- What an alert or a review says, as data: the code of its phrase and the arguments as JSON. "said" is the English text of
-- them, as it is printed; rows written before have that alone.
ALTER TABLE alerts ADD COLUMN code TEXT;
ALTER TABLE alerts ADD COLUMN args TEXT;
ALTER TABLE reviews ADD COLUMN code TEXT;
ALTER TABLE reviews ADD COLUMN args TEXT;
