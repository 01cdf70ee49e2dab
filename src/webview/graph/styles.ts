/**
 * All style sheets of the graph. Its code comes when it is needed, but the page has one style sheet,
 * which is made of what is imported from the start: a sheet that is missing here is missing there.
 */
import '@xyflow/react/dist/base.css';
import './GateNode.css';
import './Graph.css';
import './ModuleCard.css';
import './TileWall.css';
