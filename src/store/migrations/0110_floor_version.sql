-- A story's floor (desk/floor.h) is its version from now on, which moves with every withholding; a revision, which those
-- that stand are, is never more than the version it was made with.
ALTER TABLE desk_floor RENAME COLUMN revision TO floor;
